import { describe, expect, it } from 'vitest';
import { createTranslator } from '../lib/i18n/index.ts';
import { providerById } from '../lib/providers/index.ts';
import { type AnyForm, checkFields, initialTexts, standardText } from './fields.ts';
import { formFieldsOf } from '../lib/providers/provider.ts';

const t = createTranslator('en');

function formOf(id: string, capability?: 'post.search'): AnyForm {
  const provider = providerById(id);
  const form = capability ? provider?.capabilities[capability]?.query : provider?.credential;
  if (!form) throw new Error(`No form of ${id}`);
  return form;
}

describe('the form of a key', () => {
  it('says which field is missing, in words', () => {
    const { problems, parsed } = checkFields(t, formOf('gateway'), {});
    expect(parsed).toBeNull();
    expect(problems['key']).toBe(t('field_problem_required'));
  });

  it('takes an empty secret for the stored one, and sends it empty', () => {
    const form = formOf('gateway');
    const { problems, values, parsed } = checkFields(t, form, initialTexts(form, {}), ['key', 'secret']);
    expect(problems).toEqual({});
    expect(parsed).not.toBeNull();
    expect(values['secret']).toBe('');
  });

  it('begins with what is stored, and names what an empty field stands for', () => {
    const form = formOf('key-secret');
    expect(initialTexts(form, { baseUrl: 'https://gateway.example' })['baseUrl']).toBe('https://gateway.example');
    const field = formFieldsOf(form).find(({ name }) => name === 'apiName');
    expect(field && standardText(form, field)).toBe('item_get_video');
  });
});

describe('the form of a search', () => {
  it('is drawn and checked like that of a key', () => {
    const form = formOf('tiktok-research', 'post.search');
    expect(formFieldsOf(form).some(({ input }) => input === 'date')).toBe(true);
    const { parsed, problems } = checkFields(t, form, initialTexts(form, {}));
    expect(parsed === null).toBe(Object.keys(problems).length > 0);
  });
});
