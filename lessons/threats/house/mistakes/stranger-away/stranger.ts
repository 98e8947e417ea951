console.log('Nobody.');
