// Lights the shell before its first paint, as the pages of this browser were lit last.
(() => {
  const root = document.documentElement;
  let theme = "auto";
  try {
    theme = localStorage.getItem("evenfall-theme") ?? theme;
  } catch {
    // A browser that keeps nothing is lit by the clock.
  }
  const hour = new Date().getHours();
  const isNight = hour >= 19 || hour < 7;
  root.dataset.theme = theme === "auto" ? (isNight ? "dim" : "system") : theme;
})();
