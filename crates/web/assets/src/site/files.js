// Refuses a file that is too large before it is sent over a slow line.

export function startFiles() {
  for (const input of document.querySelectorAll("input[type=file][data-max-bytes]")) {
    input.addEventListener("change", () => {
      const most = Number(input.dataset.maxBytes);
      const line = input.form?.querySelector("[data-autosave-status]");
      if (!line) return;
      if ([...input.files].some((file) => file.size > most)) {
        input.value = "";
        line.textContent = line.dataset.tooLarge;
        line.classList.add("failed");
      } else if (line.textContent === line.dataset.tooLarge) {
        line.textContent = "";
        line.classList.remove("failed");
      }
    });
  }
}
