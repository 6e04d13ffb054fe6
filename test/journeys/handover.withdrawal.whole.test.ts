import { handoverWithdrawals } from './handover.withdrawal.ts'

await handoverWithdrawals(['igm-system', 'ala-system', 'oim-system'], 6)
