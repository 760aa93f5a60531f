"use strict";
// On every page: ask the browser to keep a copy of the six taps once the page itself stands, and let
// go of a key whose session has ended: a page of ours without a cover is nobody's page.
(() => {
  const isOurs = document.getElementById("without-network") !== null; // shown by the device itself
  if (localStorage.getItem("bedside-open") && !isOurs && !document.getElementById("cover")) {
    localStorage.removeItem("bedside-open");
    const request = indexedDB.open("bedside");
    request.onsuccess = () => {
      const transaction = request.result.transaction("keys", "readwrite");
      transaction.objectStore("keys").delete("session");
      transaction.oncomplete = () => request.result.close();
    };
  }
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  const register = () => navigator.serviceWorker.register("/worker.js", { scope: "/" }).catch(() => {});
  const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 1));
  window.addEventListener("load", () => whenIdle(register));
})();
