import type { LedgerCommand } from '#libs/domain';
import type { Id } from '#libs/kernel';

/** What a command is given with, beside its day. */
export interface Deed {
  readonly command: LedgerCommand;
  /** The role that gives it, of `companyId` or of the group. */
  readonly role: 'buyer' | 'cfo' | 'site' | 'logistics' | 'desk' | 'admin';
  /** Null: a role of the whole group. */
  readonly companyId: Id | null;
}

export type Step = Deed | { readonly waitsDays: number } | { readonly begins: Story };

/** What becomes of one thing: deeds, with days between them, and other stories that begin on the way. */
export type Story = Generator<Step, void>;
