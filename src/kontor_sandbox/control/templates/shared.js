const api = async (method, path, body) => {
  const answer = await fetch(BASE + path, { method, body: body && JSON.stringify(body) });
  const text = await answer.json();
  say(answer.ok ? (text.order_id ?? "✓") : text.error);
  await refresh();
  return answer.ok;
};
const say = (text) => {
  const box = document.getElementById("said");
  box.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { box.textContent = ""; }, 5000);
};
const refresh = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    const isBusy = part.contains(document.activeElement) && document.activeElement.matches("input, select");
    if (fresh && !isBusy && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  }
};
