import { memoryStore } from '../../findings/memory-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { storeContract } from './store-contract.ts';

let store: FindingStore;
storeContract('the store in memory', {
  empty: async () => {
    store = memoryStore();
  },
  open: async () => store,
});
