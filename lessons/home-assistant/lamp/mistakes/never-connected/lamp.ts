console.log('The lamp is on.');
