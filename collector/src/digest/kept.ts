// What a kept log looks like once it is read. Shapes only: reading is kept-log.ts.

/** Where an address belongs. */
export interface Place {
  /** File name of the image: `CrashLibiOS`; empty when no image holds the address. */
  readonly name: string;
  /** Distance from the image's start, hex: `0x7890`; empty when a symbol stands for it, or when it is unknown. */
  readonly offset: string;
  /** True for what the operating system brings along. */
  readonly system: boolean;
}

/** One call. Texts are empty and numbers absent where the log says nothing. */
export interface KeptFrame {
  readonly className: string;
  readonly methodName: string;
  readonly fileName: string;
  /** From 1; -2 is Java's mark of a native method. */
  readonly line?: number;
  readonly column?: number;
  /** `0x…`, as the log has it. */
  readonly address: string;
  /** Absent on frames without address. */
  readonly place?: Place;
}

export interface KeptException {
  readonly type: string;
  readonly message: string;
  readonly stackTrace: string;
  /** Innermost call first. */
  readonly frames: readonly KeptFrame[];
}

export interface KeptThread {
  readonly id?: number;
  readonly name: string;
  readonly crashed: boolean;
  readonly frames: readonly KeptFrame[];
}

export interface KeptLog {
  readonly type: string;
  readonly fatal: boolean;
  readonly exception: KeptException;
  /** What caused the exception, depth first. At most `MAX_CAUSES`. */
  readonly causes: readonly KeptException[];
  readonly device: Record<string, unknown>;
  /** The whole log. */
  readonly fields: Record<string, unknown>;
}
