console.log('Nobody here.');
