/** `Martina Thomsen` is MT, `info@example.com` is IN. */
export function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  const [first = "", second] = words;
  const letters = second && !name.includes("@") ? `${first.charAt(0)}${second.charAt(0)}` : first.slice(0, 2);
  return letters.toUpperCase();
}
