// Draws the answers of one person. A card that is being changed or withdrawn is left alone until that is done.
const shapeOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const fill = (sentence, values) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);

/** How many signs are left, as a person counts them. */
export function counter(field, place, words, most) {
  const count = () => {
    place.textContent = fill(words.answer_left, { count: Math.max(0, most - [...field.value].length) });
  };
  field.addEventListener("input", count);
  count();
  return count;
}

/** `acts` = { change(uuid, text), withdraw(uuid) }, both promises. */
export function cardList(words, data, acts) {
  const cards = new Map(); // uuid → { element, mode }

  function plain(note) {
    const element = shapeOf("answer-card");
    element.dataset.uuid = note.uuid;
    const named = { change: words.change_button, withdraw: words.withdraw_button };
    for (const button of element.querySelectorAll("[data-act]")) {
      button.setAttribute("aria-label", `${named[button.dataset.act]} : ${note.text}`);
      button.addEventListener("click", () => turn(note.uuid, button.dataset.act));
    }
    cards.set(note.uuid, { element, note, mode: "plain" });
    refresh(note);
    return element;
  }

  function refresh(note) {
    const card = cards.get(note.uuid);
    card.note = note;
    if (card.mode !== "plain") return;
    const said = card.element.querySelector(".p-words");
    said.textContent = note.text;
    said.lang = note.language === "und" ? "" : note.language;
    const state = note.refused ? "refused" : note.revision > note.sent ? "waiting" : "sent";
    card.element.dataset.state = state;
    for (const mark of card.element.querySelectorAll("[data-mark]")) mark.hidden = mark.dataset.mark !== state;
    const why = card.element.querySelector(".p-why");
    why.hidden = !note.refused;
    why.textContent = note.refused ? fill(words[data.sentences[note.refused] ?? "error_lost"], { count: data.most }) : "";
  }

  function swap(uuid, element, mode) {
    const card = cards.get(uuid);
    card.element.replaceWith(element);
    cards.set(uuid, { ...card, element, mode });
  }

  function turn(uuid, act) {
    const { note } = cards.get(uuid);
    const element = shapeOf(`${act}-card`);
    const back = () => {
      const { element: old, note: now } = cards.get(uuid);
      const fresh = plain(now);
      old.replaceWith(fresh);
      fresh.querySelector("[data-act=change]").focus();
    };
    element.querySelector("[data-act=cancel]").addEventListener("click", back);
    if (act === "change") startChange(element, note, back);
    else {
      element.querySelector(".p-words").textContent = note.text;
      element.querySelector("[data-act=yes]").addEventListener("click", () => acts.withdraw(uuid));
    }
    swap(uuid, element, act);
    element.querySelector("textarea, [data-act=cancel]").focus();
  }

  function startChange(element, note, back) {
    const field = element.querySelector("textarea");
    field.id = `change-${note.uuid}`;
    element.querySelector("label").htmlFor = field.id;
    field.value = note.text;
    counter(field, element.querySelector(".p-left"), words, data.most);
    element.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = field.value.trim();
      const error = element.querySelector(".p-error");
      error.hidden = text !== "";
      error.querySelector("span").textContent = words.error_empty;
      if (!text) return field.focus();
      if (text !== note.text) await acts.change(note.uuid, text);
      back();
    });
  }

  return {
    /** Puts these notes in this list, in this order, moving nothing that is in its place. */
    draw(list, notes) {
      const wanted = notes.map((note) => {
        if (!cards.has(note.uuid)) return plain(note);
        refresh(note);
        return cards.get(note.uuid).element;
      });
      for (const element of [...list.children]) if (!wanted.includes(element)) element.remove();
      wanted.forEach((element, at) => list.children[at] === element || list.insertBefore(element, list.children[at] ?? null));
    },
    forget(kept) {
      for (const uuid of [...cards.keys()]) if (!kept.has(uuid)) cards.delete(uuid);
    },
  };
}
