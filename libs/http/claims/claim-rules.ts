import { ValidateBy, type ValidationArguments } from 'class-validator';

/** `supplyBy` says by when. */
export const HasHorizon = () =>
  ValidateBy({
    name: 'hasHorizon',
    validator: {
      validate: (metric, context) => metric !== 'supplyBy' || fieldsOf(context)['horizon'] !== undefined,
      defaultMessage: () => 'supplyBy stands beside a horizon',
    },
  });

export const NotBelowLow = () =>
  ValidateBy({
    name: 'notBelowLow',
    validator: {
      validate: (high, context) => !(Number(high) < Number(fieldsOf(context)['low'])),
      defaultMessage: () => 'must be low or more',
    },
  });

function fieldsOf(context: ValidationArguments | undefined): Record<string, unknown> {
  return (context?.object ?? {}) as Record<string, unknown>;
}
