console.log('The press is off.');
