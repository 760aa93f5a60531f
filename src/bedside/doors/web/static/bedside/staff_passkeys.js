// Passkeys: what the server asks is handed to the device, and what the device answers is sent.
// The server speaks JSON with base64url in it; the device speaks bytes.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const use = async ({ publicKey }) => {
    const found = await navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        allowCredentials: named(publicKey.allowCredentials),
      },
    });
    const { response } = found;
    return {
      id: found.id,
      rawId: toText(found.rawId),
      type: found.type,
      response: {
        authenticatorData: toText(response.authenticatorData),
        clientDataJSON: toText(response.clientDataJSON),
        signature: toText(response.signature),
        userHandle: response.userHandle ? toText(response.userHandle) : null,
      },
      clientExtensionResults: found.getClientExtensionResults(),
    };
  };

  const make = async ({ publicKey }) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: toBytes(publicKey.challenge),
        user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
        excludeCredentials: named(publicKey.excludeCredentials),
        // One key is enough to sign in: it must know its person, and ask them first.
        authenticatorSelection: {
          ...publicKey.authenticatorSelection,
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
      },
    });
    return {
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      response: {
        attestationObject: toText(made.response.attestationObject),
        clientDataJSON: toText(made.response.clientDataJSON),
      },
      clientExtensionResults: made.getClientExtensionResults(),
    };
  };

  const send = (form, credential) => {
    form.elements.credential.value = JSON.stringify(credential);
    form.noValidate = true;
    form.requestSubmit();
  };
  const fail = (wrong) => { wrong.hidden = false; wrong.scrollIntoView({ block: "center" }); };

  const kept = document.getElementById("passkey-options");
  for (const form of document.querySelectorAll(".passkey-form")) {
    const button = form.querySelector("[data-passkey]");
    const wrong = form.querySelector(".wrong[hidden]");
    const options = JSON.parse(kept.textContent);
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      const done = button.dataset.passkey === "make"
        ? make(options.creation_options) : use(options.request_options);
      done.then((credential) => send(form, credential)).catch(() => fail(wrong));
    });
  }

  const signIn = document.getElementById("sign-in");
  if (!signIn) return;
  document.getElementById("passkey-way").hidden = false;
  document.getElementById("passkey").addEventListener("click", () => {
    fetch(signIn.dataset.passkey, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then((asked) => use(asked.request_options))
      .then((credential) => { signIn.action = signIn.dataset.passkey; send(signIn, credential); })
      .catch(() => fail(document.getElementById("passkey-wrong")));
  });
})();
