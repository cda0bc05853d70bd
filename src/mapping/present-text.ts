/** The text exactly as MyCase has it, or null when it is blank: MyCase clears fields to null, "" or spaces (D3). */
export function presentText(value: string | null): string | null {
  return value === null || value.trim() === "" ? null : value;
}
