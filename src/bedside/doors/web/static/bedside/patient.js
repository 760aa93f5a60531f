// Read a card aloud, and print it, where the browser can; without this script both stay hidden.
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  const accents = { en: "en-US", es: "es-US" };

  const read = (part) => {
    const lang = part.lang || document.documentElement.lang;
    for (const line of part.querySelectorAll("[data-say]")) {
      const said = new SpeechSynthesisUtterance(line.textContent.trim());
      said.lang = accents[lang] || lang;
      said.rate = 0.9;
      speech.speak(said);
    }
  };

  for (const button of speech ? document.querySelectorAll("[data-speak]") : []) {
    const label = button.querySelector("span");
    const words = label.textContent;
    const show = (isSpeaking) => { label.textContent = isSpeaking ? button.dataset.stop : words; };
    button.hidden = false;
    button.addEventListener("click", () => {
      const isSpeaking = speech.speaking || speech.pending;
      speech.cancel();
      if (!isSpeaking) read(document.getElementById(button.dataset.speak));
      show(!isSpeaking);
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  window.addEventListener("pagehide", () => { if (speech) speech.cancel(); });
})();
