import { Problem } from "@/shared/problems/problem";

/** Whether this browser can make and use passkeys, and speak about them in JSON. */
export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== "undefined" &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

/** The browser asked and got no passkey: the person stopped, or has none for this address. */
function notGiven(thrown: unknown): never {
  if (thrown instanceof DOMException) throw new Problem("client.passkey_not_given", 422, thrown.message);
  throw thrown;
}

/** Asks for a passkey and gives its answer as the server reads it. */
export async function askPasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = await navigator.credentials.get({ publicKey }).catch(notGiven);
  return (credential as PublicKeyCredential).toJSON();
}

/** Makes a passkey and gives it as the server reads it. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = await navigator.credentials.create({ publicKey }).catch(notGiven);
  return (credential as PublicKeyCredential).toJSON();
}
