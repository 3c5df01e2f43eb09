// Says beside an answer that is already given what the server finds wrong with it; the rest of the form is left alone.

export function startChecks(form) {
  const answered = new Set();
  form.addEventListener("change", (event) => event.target.name && answered.add(event.target.name));
  return (errors = {}) => {
    for (const name of answered) tell(form, name, errors[name]);
  };
}

function tell(form, name, text) {
  const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  // The script that hides questions knows which are not asked.
  if (!field || field.closest("[data-not-asked]")) return;
  const id = `${name}-error`;
  const line = document.getElementById(id);
  const control = form.elements.namedItem(name);
  const described = control instanceof Element ? control : field;
  if (!text) line?.remove();
  else if (line) line.replaceChildren(...words(form, text));
  else place(field, id, words(form, text));
  field.classList.toggle("field-wrong", Boolean(text));
  described.classList.toggle("is-invalid", Boolean(text) && described !== field);
  describe(described, id, Boolean(text));
}

function words(form, text) {
  const prefix = document.createElement("span");
  prefix.className = "visually-hidden";
  prefix.textContent = `${form.dataset.errorPrefix} `;
  return [prefix, text];
}

function place(field, id, content) {
  const line = document.createElement("p");
  line.className = "field-error";
  line.id = id;
  line.setAttribute("role", "status");
  const above = field.querySelector(".field-help") || field.querySelector(".field-label");
  if (above && !field.classList.contains("field-tick")) above.after(line);
  else field.prepend(line);
  line.append(...content);
}

function describe(control, id, wrong) {
  // A group of choices has no validity of its own.
  if (control.matches("input, select, textarea")) control.setAttribute("aria-invalid", String(wrong));
  const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((part) => part && part !== id);
  const all = wrong ? [...others, id] : others;
  if (all.length) control.setAttribute("aria-describedby", all.join(" "));
  else control.removeAttribute("aria-describedby");
}
