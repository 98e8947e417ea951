import os

import paho.mqtt.client as mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.username_pw_set(os.environ['ROOM'])
client.on_connect = lambda client, *_: client.disconnect()
client.publish('home/lamp/set', 'on')
client.connect(os.environ['HOST'], int(os.environ['PORT']))
client.loop_forever()
