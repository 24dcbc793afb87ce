/** Long enough (ms) for the browser to have taken the file over. */
const urlLifeMs = 60_000;

/** Saves a JSON text as a file, through a link. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), urlLifeMs);
}
