// Changes the theme without leaving the page, so nothing half filled in is lost.
const form = document.querySelector("form.themes");

/** Let the shell, which opens without a connection, be lit alike. @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem("evenfall-theme", theme);
  } catch {
    // A browser that keeps nothing lights it by the clock.
  }
}

const chosen = form?.querySelector("[aria-pressed=true]");
if (chosen) remember(chosen.value);

/** @param {string} theme - the button's value @param {string} shown - for the root */
function show(theme, shown) {
  document.documentElement.dataset.theme = shown;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  remember(theme);
}

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  event.preventDefault();
  const body = new FormData(form, button);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { Accept: "application/json" },
      redirect: "error",
    });
    const { shown } = await answer.json();
    show(button.value, shown ?? button.value);
  } catch {
    // Without a connection the page still changes; the choice is not remembered.
    show(button.value, button.value === "auto" ? "system" : button.value);
  }
});
