// What the page can do without, and is easier with: the focus goes to what must be read first, and
// nobody leaves a form by mistake with words in it that are not saved.
"use strict"
const first = document.querySelector(".govuk-error-summary, .clash")
if (first) first.focus()

const changed = new Set()
let sent = null  // what another form of the page holds would be lost with this one
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("input", () => { changed.add(form) })
  form.addEventListener("submit", () => { sent = form })
}
addEventListener("beforeunload", event => {
  if ([...changed].some(form => form !== sent)) event.preventDefault()
  sent = null
})

// htmx asks every few seconds whether the file was changed elsewhere; not while nobody looks.
document.addEventListener("htmx:beforeRequest", event => { if (document.hidden) event.preventDefault() })

// A fact from the list goes into the words, where the cursor stands.
let area = document.querySelector("textarea")
document.addEventListener("focusin", event => { if (event.target.matches("textarea")) area = event.target })
for (const button of document.querySelectorAll("[data-fact]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    area.setRangeText(`{{ ${button.dataset.fact} }}`, area.selectionStart, area.selectionEnd, "end")
    area.focus()
    area.dispatchEvent(new Event("input", { bubbles: true }))
  })
}
