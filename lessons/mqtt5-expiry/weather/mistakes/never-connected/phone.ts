console.log('The phone is at home.');
