// preloaded into a process that is measured: tells its peak memory when it ends
process.on('exit', () => process.stderr.write(`\npeak=${process.resourceUsage().maxRSS * 1024}\n`));
