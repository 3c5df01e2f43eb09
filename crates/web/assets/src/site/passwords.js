// Shows typed passwords on request and ticks off the rules that can be checked here;
// the server checks all of them.

const RUNS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

function isRun(text) {
  const lower = text.toLowerCase();
  const runs = RUNS.concat(RUNS.map((run) => [...run].reverse().join("")));
  return lower.length > 2 && runs.some((run) => run.includes(lower) || run.startsWith(lower));
}

function isRepeated(text) {
  return /^(.+?)\1+$/u.test(text);
}

const RULES = {
  length: (text, line) => [...text].length >= Number(line.dataset.min),
  "not-digits": (text) => text !== "" && !/^\d+$/u.test(text),
  "not-repeated": (text) => text !== "" && !isRepeated(text) && !isRun(text),
};

function showRules(list) {
  const input = document.getElementById(list.dataset.passwordRules);
  if (!input) return;
  input.addEventListener("input", () => {
    for (const line of list.querySelectorAll("[data-rule]")) {
      const met = RULES[line.dataset.rule](input.value, line);
      line.classList.toggle("met", met);
      line.querySelector("[data-met]").hidden = !met;
    }
  });
}

function offerToShow(button) {
  const input = document.getElementById(button.dataset.passwordToggle);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.shown : button.dataset.hidden;
    button.setAttribute("aria-pressed", String(shown));
  });
}

export function startPasswords() {
  document.querySelectorAll("[data-password-rules]").forEach(showRules);
  document.querySelectorAll("[data-password-toggle]").forEach(offerToShow);
}
