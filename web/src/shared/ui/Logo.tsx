/** A K drawn from a ledger's margin line and two entries, closed by the double rule. */
export function Logo({ size = 30, onPaper = false }: { size?: number; onPaper?: boolean }) {
  const box = onPaper ? "#12262F" : "#E9EFEA",
    pen = onPaper ? "#E9EFEA" : "#12262F",
    rule = onPaper ? "#5FBE9F" : "#157058";
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: "none" }}>
      <rect width="32" height="32" rx="6" fill={box} />
      <path d="M9.500 6v16.500" stroke={pen} strokeWidth="3" />
      <path d="M21.500 6.500L11.500 14.300L22 22.500" stroke={pen} strokeWidth="3" fill="none" />
      <path d="M7 25.500h18M7 28h18" stroke={rule} strokeWidth="1.3" />
    </svg>
  );
}
