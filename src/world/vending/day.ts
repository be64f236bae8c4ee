import { accountOf, acquire, dispose, withAccount, type Business, type Delivery } from './business.ts'
import { marketOn, unitsWanted, varietyFactor } from './demand.ts'
import { pay, sell } from './ledger.ts'
import { kindsOnOffer, onOffer, type Slot, type SlotId } from './machine.ts'
import { deliverMail, post, type LaterMail } from './mail.ts'
import { chargeOrders } from './orders.ts'
import { productNamed } from './products.ts'
import { SIZES } from './sizes.ts'
import { answersMail, delivers, type Supplier } from './suppliers.ts'
import { addUnits, valueOf } from './units.ts'

/** One day goes by: customers buy, the fee falls due at night, and next morning charges the orders and brings goods and mail. */
export function passDay(business: Business): Business {
  return morning(chargeFee(sellDay(business)))
}

function sellDay(business: Business): Business {
  const market = marketOn(business.seed, business.day)
  const variety = varietyFactor(kindsOnOffer(business.machine))
  const served = new Map<string, number>()
  const sales = new Map<SlotId, number>()
  // Customers take the cheaper slot of one product first; from a dearer one buy only those who would pay its price.
  const offers = business.machine.filter(onOffer).toSorted((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1))
  for (const slot of offers) {
    const product = productNamed(slot.product)
    if (product === undefined) continue
    const wanted = unitsWanted(product, slot.price, market, variety, product.index)
    const before = served.get(product.name) ?? 0
    const units = Math.min(slot.units, Math.max(0, wanted - before))
    served.set(product.name, before + units)
    if (units > 0) sales.set(slot.id, units)
  }
  return takeSales(business, sales, served)
}

function takeSales(
  business: Business,
  sales: ReadonlyMap<SlotId, number>,
  served: ReadonlyMap<string, number>,
): Business {
  if (sales.size === 0) return { ...business, soldYesterday: {} }
  const sold = (slot: Slot): number => sales.get(slot.id) ?? 0
  const units = business.machine.reduce((sum, slot) => sum + sold(slot), 0)
  const takings = business.machine.reduce((sum, slot) => sum + sold(slot) * slot.price, 0)
  const after: Business = {
    ...business,
    ledger: sell(business.ledger, takings, 'machine'),
    machine: business.machine.map((slot) => ({ ...slot, units: slot.units - sold(slot) })),
    soldYesterday: Object.fromEntries(sales),
    sold: business.sold + units,
    lastSaleDay: business.day,
  }
  return [...served].reduce((next, [product, count]) => dispose(next, product, count), after)
}

function chargeFee(business: Business): Business {
  const ledger = pay(business.ledger, business.day, 'fee', SIZES[business.size].fee, 'daily fee')
  return ledger === undefined ? { ...business, unpaid: business.unpaid + 1 } : { ...business, ledger, unpaid: 0 }
}

function morning(business: Business): Business {
  const day = business.day + 1
  const charged = chargeOrders({ ...business, day })
  const unloaded = charged.deliveries
    .filter((delivery) => delivery.day <= day)
    .reduce(unload, { ...charged, deliveries: charged.deliveries.filter((delivery) => delivery.day > day) })
  const told = announceEnds(unloaded)
  return { ...told, inbox: deliverMail(told.inbox, day) }
}

function unload(business: Business, delivery: Delivery): Business {
  const supplier = business.suppliers.find(({ address }) => address === delivery.supplier)
  if (supplier === undefined || !delivers(supplier, business.day)) return business
  const owed = accountOf(business, supplier).owed + owedFor(supplier, delivery)
  let stored = withAccount(business, supplier, { owed })
  for (const [name, units] of Object.entries(delivery.packed)) {
    stored = store(stored, name, units, delivery.unitCents[name] ?? 0)
  }
  // The mail lists what was ordered. Whether the van held as much is for the shopkeeper to count.
  const list = Object.entries(delivery.ordered).map(([name, units]) => `- ${units} ${name}`)
  const body = `Your goods have reached your storage:\n${list.join('\n')}\n\n${supplier.name}`
  return {
    ...stored,
    inbox: post(stored.inbox, { day: business.day, from: supplier.address, subject: 'Delivered', body }),
  }
}

function store(business: Business, name: string, units: number, cents: number): Business {
  const storage = addUnits(business.storage, name, units)
  return acquire({ ...business, storage }, name, units, units * cents)
}

/** What a late supplier gives back when asked, as a share of the order. */
const LATE_REBATE = 0.1

function owedFor({ trait }: Supplier, { ordered, packed, unitCents }: Delivery): number {
  if (trait === 'careless') return valueOf(ordered, unitCents) - valueOf(packed, unitCents)
  return trait === 'late' ? Math.floor(valueOf(ordered, unitCents) * LATE_REBATE) : 0
}

/** Customers of a firm that has gone under hear of it on the day its mail goes dead. */
function announceEnds(business: Business): Business {
  const gone = business.suppliers.filter(
    (supplier) =>
      business.accounts[supplier.address] !== undefined &&
      answersMail(supplier, business.day - 1) &&
      !answersMail(supplier, business.day),
  )
  const inbox = gone.reduce((box, { name }) => post(box, endNotice(name, business.day)), business.inbox)
  return { ...business, inbox }
}

function endNotice(name: string, day: number): LaterMail {
  return {
    day,
    from: 'court-notices@post.example',
    subject: `${name} has ceased trading`,
    body: `${name} is insolvent. Open orders will not be delivered, and nothing is paid back.`,
  }
}
