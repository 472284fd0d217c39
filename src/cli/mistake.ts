/** A mistake of the user, told in one line. Everything else that is thrown is a mistake of ours and shows its trace. */
export class Mistake extends Error {}
