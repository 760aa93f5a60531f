// Ask this browser for notices, and send the form with what it gave.
(() => {
  "use strict";
  const form = document.getElementById("device");
  const said = document.getElementById("device-said");
  const say = (what) => { said.textContent = form.dataset[what]; };

  const decode = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };

  const subscribe = async () => {
    const scope = form.dataset.worker.replace("worker.js", "");
    const worker = await navigator.serviceWorker.register(form.dataset.worker, { scope });
    await new Promise((done) => {
      const young = worker.installing || worker.waiting;
      if (!young || worker.active) return done();
      young.addEventListener("statechange", () => { if (young.state === "activated") done(); });
    });
    const key = decode(form.dataset.key);
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };

  form.addEventListener("submit", async (sent) => {
    if (form.elements.subscription.value) return;
    sent.preventDefault();
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return say("none");
    say("busy");
    if (await Notification.requestPermission() !== "granted") return say("refused");
    try {
      form.elements.subscription.value = JSON.stringify(await subscribe());
    } catch {
      return say("failed");
    }
    form.submit();
  });
})();
