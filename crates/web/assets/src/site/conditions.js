// Hides questions that are not asked by the answers on the page.

function answers(field) {
  const controls = document.querySelectorAll(`[name="${CSS.escape(field)}"]`);
  const picked = (control) => {
    if (control.type === "radio" || control.type === "checkbox") return control.checked;
    return control.type !== "hidden";
  };
  return [...controls].filter(picked).map((control) => control.value);
}

export function startConditions() {
  const questions = [...document.querySelectorAll("[data-shown-when]")];
  if (!questions.length) return;
  function refresh() {
    // In the order of the page: a condition holds only while its own question is shown.
    for (const question of questions) {
      const { shownWhen, shownIs } = question.dataset;
      const asked = document.querySelector(`[name="${CSS.escape(shownWhen)}"]`);
      const visible = asked && !asked.closest("[data-not-asked]");
      const holds = visible && answers(shownWhen).some((value) => shownIs.split(" ").includes(value));
      question.toggleAttribute("data-not-asked", !holds);
    }
  }
  document.addEventListener("change", refresh);
  refresh();
}
