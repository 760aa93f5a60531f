// The board's sound and its age. Nothing sounds before somebody pressed the button on this page.
// Two tones while a refusal has waited five minutes; one low tone a minute while the board is not refreshed.
(() => {
  "use strict";
  const button = document.getElementById("sound");
  const said = document.getElementById("sound-said");
  const notLive = document.getElementById("not-live");
  const LOUD_EVERY = 10_000;
  const STALE_AFTER = 30_000;
  const STALE_EVERY = 60_000;
  let audio = null;
  let sounded = 0;
  let fresh = Date.now();

  const clock = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  const sound = (tones) => {
    sounded = Date.now();
    tones.forEach((pitch, place) => {
      const from = audio.currentTime + place * 0.35;
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      voice.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(0.4, from + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.3);
      voice.connect(volume).connect(audio.destination);
      voice.start(from);
      voice.stop(from + 0.32);
    });
    said.textContent = `${said.dataset.on} ${said.dataset.sounded} ${clock(sounded)}.`;
  };

  const look = () => {
    const now = Date.now();
    const isStale = now - fresh >= STALE_AFTER;
    notLive.hidden = !isStale;
    if (isStale) notLive.querySelector("b").textContent = clock(fresh);
    if (!audio || audio.state !== "running") return;
    const isLoud = document.querySelector("#board[data-loud]") !== null;
    if (isLoud && now - sounded >= LOUD_EVERY) sound([880, 660]);
    else if (isStale && now - sounded >= STALE_EVERY) sound([330]);
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    const isOn = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isOn));
    button.querySelector("span").textContent = isOn ? button.dataset.on : button.dataset.off;
    if (isOn) {
      await audio.close();
      audio = null;
      said.textContent = said.dataset.off;
      return;
    }
    audio = new AudioContext();
    await audio.resume();
    said.textContent = said.dataset.on;
    sound([660]); // so that whoever pressed knows how loud it is
    sounded = 0;
    look();
  });

  // A page other than the board (the lock, an error) never takes the board's place.
  document.body.addEventListener("htmx:beforeSwap", (swap) => {
    const answer = swap.detail.xhr;
    const isNews = answer.status === 200 && answer.responseText.trimStart().startsWith('<div id="board"');
    if (isNews || answer.status === 204) fresh = Date.now();
    if (!isNews) swap.detail.shouldSwap = false;
  });
  document.body.addEventListener("htmx:afterSettle", look);
  setInterval(look, 1000);
})();
