/** The sentence of a refusal, where there was one. */
export const Wrong = ({ words }: { words: string | undefined }) =>
  words ? (
    <p className="wrong" role="alert">
      {words}
    </p>
  ) : null;
