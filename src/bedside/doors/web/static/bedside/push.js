// Show a notice without content when one is pushed, and open what it leads to when it is pressed.
// Stands by itself under /notices/; another worker of ours may import it.
(() => {
  "use strict";
  const WORDS = "Bedside: please look / por favor mire";
  const NOTICE = /^\/notices\/[0-9a-f-]{36}$/;

  const findLink = (pushed) => {
    try {
      const { link } = pushed.data.json();
      return NOTICE.test(link) ? link : "/home";
    } catch {
      return "/home";
    }
  };

  self.addEventListener("push", (pushed) => {
    const link = findLink(pushed);
    pushed.waitUntil(self.registration.showNotification(WORDS, { data: link, tag: link, requireInteraction: true }));
  });

  self.addEventListener("notificationclick", (pressed) => {
    pressed.notification.close();
    pressed.waitUntil(self.clients.openWindow(pressed.notification.data));
  });
})();
