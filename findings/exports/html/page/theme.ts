import { only } from './dom.ts';

const KEY = 'cloud-posture-theme';

/** A switch between light and dark that begins with what the reader's system prefers, and remembers. */
export function offerTheme(): void {
  const button = only('#theme', HTMLButtonElement);
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const shown = () => document.documentElement.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light');
  const label = () => {
    button.textContent = shown() === 'dark' ? 'Light' : 'Dark';
    button.title = `Show this page in ${shown() === 'dark' ? 'light' : 'dark'} colours`;
  };
  const kept = remembered();
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
  prefersDark.addEventListener('change', label);
  button.addEventListener('click', () => {
    const theme = shown() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    remembered(theme);
    label();
  });
  button.hidden = false;
  label();
}

/** Nothing is remembered where the reader's browser forbids it. */
function remembered(theme?: string): string | undefined {
  try {
    if (theme !== undefined) localStorage.setItem(KEY, theme);
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
