console.log('The hut is asleep.');
