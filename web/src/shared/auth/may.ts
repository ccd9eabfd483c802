import { useSession } from "@/shared/auth/session";

export type Right = "write" | "admin";

/** What a role may; the server decides, this only keeps buttons away that it would refuse. */
const rights: Record<string, readonly Right[]> = {
  owner: ["write", "admin"],
  admin: ["write", "admin"],
  member: ["write"],
  read_only: [],
};

/** Whether the person who is signed in may do this; a role that this version does not know is let try. */
export function useMay(right: Right): boolean {
  const session = useSession();
  const role = session.status === "signedIn" ? session.user.role : undefined;
  return role === undefined || (rights[role]?.includes(right) ?? true);
}
