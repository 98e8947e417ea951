console.log('The phone is on.');
