/** The words of a row as they are compared. */
export type RowContent = Readonly<
  Partial<Record<'text' | 'category' | 'department' | 'address' | 'reply' | 'reportedAt' | 'dueAt' | 'closedAt', string>>
>;
export interface ImportConflict {
  readonly line: number;
  readonly key: string;
  readonly now: RowContent;
  readonly before: { readonly caseId: string } | { readonly line: number; readonly content: RowContent };
}

/** What of a row is compared, in the words of the table. */
export const contentOf = (
  row: Omit<RowContent, 'category'> & { readonly text: string; readonly category?: readonly string[] },
): RowContent => ({
  text: row.text,
  ...(row.category ? { category: row.category.join(' / ') } : {}),
  ...(row.department ? { department: row.department } : {}),
  ...(row.address ? { address: row.address } : {}),
  ...(row.reply ? { reply: row.reply } : {}),
  ...(row.reportedAt ? { reportedAt: row.reportedAt } : {}),
  ...(row.dueAt ? { dueAt: row.dueAt } : {}),
  ...(row.closedAt ? { closedAt: row.closedAt } : {}),
});
