/** What was opened and is to be closed in the opposite order, whatever fails in between. */
export class ClosingStack {
  private readonly closers: (() => Promise<unknown>)[] = [];

  onClose(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** Closes all; what fails is told and keeps nothing else open. */
  async close(onFailure: (error: unknown) => void): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close().catch(onFailure);
  }
}
