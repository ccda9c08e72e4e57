import { memoryReactionStore } from './memory-reaction-store.ts';
import { reactionStoreContract } from './reaction-store-contract.ts';

let store = memoryReactionStore();
reactionStoreContract('in memory', { empty: async () => void (store = memoryReactionStore()), open: async () => store });
