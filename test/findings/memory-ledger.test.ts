import { ledgerContract } from './ledger-contract.ts';
import { memoryLedger } from './memory-ledger.ts';

let ledger = memoryLedger();
ledgerContract('in memory', { empty: async () => void (ledger = memoryLedger()), open: async () => ledger.open() });
