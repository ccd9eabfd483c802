import { useSession, type Role } from "@/shared/auth/session";

export type Right = "write" | "admin";

/** What a person may do in the business that is open. The server decides; this keeps from offering what it refuses. */
export interface Rights {
  role?: Role;
  /** Change goods, publish, ship. */
  write: boolean;
  /** People, channels' keys, the business itself. */
  admin: boolean;
  owner: boolean;
}

/** A role that this version does not know may nothing. */
export function rightsOf(role: Role | undefined): Rights {
  const admin = role === "owner" || role === "admin";
  return { role, write: admin || role === "member", admin, owner: role === "owner" };
}

export function useRights(): Rights {
  const session = useSession();
  return rightsOf(session.status === "signedIn" ? session.user.role : undefined);
}
