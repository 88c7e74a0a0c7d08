import { ValidateBy, type ValidationArguments } from 'class-validator';

/** The leg names either a shipment or a tranche of an order, not both and not neither. */
export const TakesOneThing = () =>
  ValidateBy({
    name: 'takesOneThing',
    validator: {
      validate: (_, context) => takesOne(context),
      defaultMessage: () => 'stands beside either shipmentId or both orderId and trancheId',
    },
  });

function takesOne(context: ValidationArguments | undefined): boolean {
  const { shipmentId, orderId, trancheId } = (context?.object ?? {}) as Record<string, unknown>;
  const tranche = orderId !== undefined && trancheId !== undefined;
  const anyOfTranche = orderId !== undefined || trancheId !== undefined;
  return shipmentId === undefined ? tranche : !anyOfTranche;
}
