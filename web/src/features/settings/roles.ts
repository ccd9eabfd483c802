import type { Rights } from "@/shared/auth/rights";
import type { Role } from "@/shared/auth/session";

const roles: Role[] = ["owner", "admin", "member", "read_only"];

/** The roles that somebody with these rights may give: only an owner makes owners. */
export const rolesToGive = (rights: Rights): Role[] => (rights.owner ? roles : roles.slice(1));
