import { ValidateBy, type ValidationArguments } from 'class-validator';

/** A replacement names its tranche and its day; a cancellation has neither. */
export const SaysHowReplaced = () =>
  ValidateBy({
    name: 'saysHowReplaced',
    validator: {
      validate: (_, context) => isComplete(context),
      defaultMessage: () => 'replace stands beside both newTrancheId and expectedDate, cancel beside neither',
    },
  });

function isComplete(context: ValidationArguments | undefined): boolean {
  const { resolution, newTrancheId, expectedDate } = (context?.object ?? {}) as Record<string, unknown>;
  const named = [newTrancheId, expectedDate].filter((each) => each !== undefined).length;
  return named === (resolution === 'replace' ? 2 : 0);
}
