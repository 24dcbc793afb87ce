import type { EntityKind } from '../../../lib/core/ref.ts';
import { useTranslate } from '../../hooks.tsx';
import { currencies } from '../../options/own-figures.ts';
import { Icon } from '../../parts/Icon.tsx';
import { type EveryUnit, everyUnits, type JobDraft } from './new-job.ts';
import { concerns, hasFigure, nextRule, type RuleDraft, ruleKinds } from './watch-rules.ts';

/** More rules than these the worker does not take. */
const mostRules = 20;

/** How often a watchlist looks, and what it tells of. */
export function WatchFields(props: {
  draft: JobDraft;
  rules: readonly RuleDraft[];
  /** The kinds of things that are watched; empty: not known yet. */
  kinds: ReadonlySet<EntityKind>;
  /** The currency that prices of these things probably have. */
  currency: string;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<JobDraft>) => void;
}) {
  const t = useTranslate();
  const { draft, rules, problems, onChange } = props;
  const everyProblem = problems['every'];
  return (
    <>
      <section class="stack" aria-labelledby="new-job-every">
        <h3 id="new-job-every">{t('job_part_every')}</h3>
        <div class="row">
          <label for="job-every">{t('job_every')}</label>
          <input
            id="job-every"
            class="input number job-number"
            type="text"
            inputMode="numeric"
            autocomplete="off"
            value={draft.every}
            aria-invalid={everyProblem !== undefined}
            aria-describedby={everyProblem ? 'job-every-help job-every-problem' : 'job-every-help'}
            data-testid="job-every"
            onInput={(event) => onChange({ every: event.currentTarget.value })}
          />
          <select
            class="input job-unit"
            aria-label={t('job_every_unit')}
            value={draft.unit}
            data-testid="job-unit"
            onChange={(event) => {
              const { value } = event.currentTarget;
              const unit = unitIds.find((one) => one === value);
              if (unit) onChange({ unit });
            }}
          >
            {unitIds.map((unit) => (
              <option key={unit} value={unit}>
                {t(`job_unit_${unit}`)}
              </option>
            ))}
          </select>
        </div>
        <p class="small quiet" id="job-every-help">
          {t('job_every_help')}
        </p>
        {everyProblem && (
          <p class="field-problem" id="job-every-problem" role="alert">
            {everyProblem}
          </p>
        )}
      </section>
      <section class="stack" aria-labelledby="new-job-rules">
        <h3 id="new-job-rules">{t('job_part_rules')}</h3>
        {rules.length === 0 && <p class="small quiet">{t('job_rules_none')}</p>}
        <ul class="stack job-rules">
          {rules.map((rule) => (
            <RuleRow
              key={rule.key}
              rule={rule}
              kinds={props.kinds}
              problem={problems[`rule ${rule.key}`]}
              onRule={(changed) => onChange({ rules: rules.map((one) => (one.key === rule.key ? changed : one)) })}
              onRemove={() => onChange({ rules: rules.filter(({ key }) => key !== rule.key) })}
            />
          ))}
        </ul>
        <div class="row">
          <button
            type="button"
            class="button compact"
            disabled={rules.length >= mostRules}
            data-testid="job-rule-add"
            onClick={() => onChange({ rules: [...rules, nextRule(rules, props.kinds, props.currency)] })}
          >
            {t('job_rule_add')}
          </button>
        </div>
      </section>
    </>
  );
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a literal are its names
const unitIds = Object.keys(everyUnits) as EveryUnit[];

function RuleRow(props: {
  rule: RuleDraft;
  kinds: ReadonlySet<EntityKind>;
  problem: string | undefined;
  onRule: (rule: RuleDraft) => void;
  onRemove: () => void;
}) {
  const t = useTranslate();
  const { rule, kinds, problem } = props;
  const id = `job-rule-${rule.key}`;
  const fits = kinds.size === 0 || [...kinds].some((kind) => concerns(rule.kind, kind));
  return (
    <li class="stack job-rule" data-testid="job-rule">
      <div class="row">
        <select
          class="input job-rule-kind"
          aria-label={t('job_rule_kind')}
          value={rule.kind}
          data-testid="job-rule-kind"
          onChange={(event) => {
            const { value } = event.currentTarget;
            const kind = ruleKinds.find((one) => one === value);
            if (kind) props.onRule({ ...rule, kind, text: kind === 'changed_by' ? '10' : '' });
          }}
        >
          {ruleKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`rule_${kind}`)}
            </option>
          ))}
        </select>
        {hasFigure(rule.kind) && (
          <input
            class="input number job-number"
            type="text"
            inputMode="decimal"
            autocomplete="off"
            aria-label={t(`rule_${rule.kind}`)}
            value={rule.text}
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? `${id}-problem` : undefined}
            data-testid="job-rule-figure"
            onInput={(event) => props.onRule({ ...rule, text: event.currentTarget.value })}
          />
        )}
        {rule.kind === 'price_below' && (
          <select
            class="input job-currency"
            aria-label={t('limits_currency')}
            value={rule.currency}
            data-testid="job-rule-currency"
            onChange={(event) => props.onRule({ ...rule, currency: event.currentTarget.value })}
          >
            {currencies(rule.currency).map((code) => (
              <option key={code} value={code}>
                {code}
              </option>
            ))}
          </select>
        )}
        {rule.kind === 'changed_by' && <span class="quiet">%</span>}
        <button
          type="button"
          class="button compact icon-only plain job-rule-remove"
          aria-label={t('job_rule_remove', t(`rule_${rule.kind}`))}
          title={t('job_rule_remove', t(`rule_${rule.kind}`))}
          data-testid="job-rule-remove"
          onClick={props.onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      <p class="small quiet">
        {t(`rule_${rule.kind}_help`)}
        {!fits && ` ${t('job_rule_misfit')}`}
      </p>
      {problem && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
