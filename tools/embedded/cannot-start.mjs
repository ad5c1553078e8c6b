/** Something that the person who starts must do; its message is one sentence that says what. */
export class CannotStart extends Error {}
