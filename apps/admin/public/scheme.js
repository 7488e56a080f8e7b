// Sets the colour scheme before the first paint, so that nothing flashes.
// A file and not inline: the page's policy allows no inline scripts.
{
  const kept = (() => {
    try {
      return window.localStorage.getItem('mantine-color-scheme-value');
    } catch {
      return null;
    }
  })();
  const isDarkSystem = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const isDark = kept === 'dark' || (kept !== 'light' && isDarkSystem);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
}
