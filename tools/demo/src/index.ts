export { demoHistory, demoSize, type DemoHistory, type DemoSize } from './history.demo';
export { seedDemo, type DemoSeedOptions, type ServiceSource } from './seed.demo';
